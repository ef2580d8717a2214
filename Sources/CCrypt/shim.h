// libxcrypt, which every Linux logs its users in with: yescrypt, and salts for it.
#include <crypt.h>
