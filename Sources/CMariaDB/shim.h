#ifndef CMARIADB_SHIM_H
#define CMARIADB_SHIM_H

#include <mysql.h>
// The client's own error numbers (CR_…); mysql.h alone does not bring them.
#include <errmsg.h>

#endif
