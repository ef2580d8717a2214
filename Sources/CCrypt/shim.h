// libxcrypt, with which every Linux checks its users' passwords: yescrypt, and salts for it.
#include <crypt.h>
