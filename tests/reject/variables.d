fbt::vfs_read:entry { trace($cuont); }
fbt::vfs_read:entry, fbt::vfs_getattr:entry { trace($path); }
fbt::vfs_read:entry, fbt::rw_verify_area:entry { trace($pos); }
fbt::vfs_read:entry, fbt::ksys_pread64:entry { trace($pos); }
fbt::vfs_read:return { trace($file); }
fbt::sock_setsockopt:entry { trace(&$optval); $optname = 1; trace($$optlen); }
BEGIN { trace($file); }
