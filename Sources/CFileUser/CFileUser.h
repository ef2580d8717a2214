// setfsuid(2) and setfsgid(2), which the Glibc module lacks: they set the user as whom this thread opens files.
#include <sys/fsuid.h>
