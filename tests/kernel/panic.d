/* panic() stops the kernel, in a guest of its own. @boot: --append loglevel=1 @status: panic @only: kernel */
#pragma D option quiet
#pragma D option destructive
BEGIN { printf("about to\n"); panic(); }
