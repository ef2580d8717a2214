#ifndef CPHONENUMBER_H
#define CPHONENUMBER_H
#endif
