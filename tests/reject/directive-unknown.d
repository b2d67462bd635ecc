# which is how a shell writes comments
BEGIN { trace(nosuch); }
