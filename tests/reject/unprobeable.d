fbt::exc_page_fault:entry { trace(1); }
