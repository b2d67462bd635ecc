sycall::read:entry { trace(1); }
