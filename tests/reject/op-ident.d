BEGIN { trace(curthread->vmlinux`comm); }
