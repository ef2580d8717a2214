// OpenSSL's libcrypto, which libpq needs anyway: HMAC.
#include <openssl/evp.h>
#include <openssl/hmac.h>
