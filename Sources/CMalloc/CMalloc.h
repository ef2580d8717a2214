// malloc_trim(3), which the Glibc module lacks.
#include <malloc.h>
