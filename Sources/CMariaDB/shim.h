#ifndef CMARIADB_SHIM_H
#define CMARIADB_SHIM_H

#include <mysql.h>
// The client's own error numbers (CR_…), which mysql.h alone does not include.
#include <errmsg.h>

#endif
