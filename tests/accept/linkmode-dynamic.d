/* @options: -x linkmode=dynamic -x knodefs */
BEGIN { trace(`jiffies); exit(0); }
