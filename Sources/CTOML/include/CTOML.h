#ifndef CTOML_H
#define CTOML_H

// A plain C interface to toml++ (https://marzer.github.io/tomlplusplus/), which consists of C++ templates and cannot be
// imported into Swift. No exception leaves these functions, and no pointer is valid after the call that passed it.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The kind of a node in a TOML document.
typedef enum {
    CTOMLKindTable,
    CTOMLKindArray,
    CTOMLKindString,
    CTOMLKindInteger,
    CTOMLKindFloat,
    CTOMLKindBoolean,
    CTOMLKindDateTime
} CTOMLKind;

/// UTF-8 text, not terminated; valid only during the callback.
typedef struct {
    const char *bytes;
    size_t length;
} CTOMLText;

/// One node of the document.
/// A table or an array is visited before its content. The elements of an array have the path of the array.
typedef struct {
    const CTOMLText *path;  ///< The keys from the root to here.
    size_t depth;           ///< How many keys `path` has; never 0.
    bool isElement;         ///< Whether this is an element of the array at `path`.
    CTOMLKind kind;
    CTOMLText text;         ///< A scalar as text (`true`, `42`, `0.5`), empty for tables and arrays.
    uint32_t line;          ///< The line of the key or the element, from 1.
    uint32_t column;
} CTOMLNode;

/// Where and why a document is not TOML.
typedef struct {
    char message[512];  ///< Terminated by NUL, cut if longer.
    uint32_t line;
    uint32_t column;
} CTOMLError;

/// Parses a whole document and visits its nodes, keys in alphabetical order.
///
/// Returns false, with `error` filled and nothing visited, if the bytes are not a TOML document.
bool CTOMLParse(
    const char *bytes,
    size_t length,
    void *context,
    void (*visit)(void *context, const CTOMLNode *node),
    CTOMLError *error
);

#ifdef __cplusplus
}
#endif
#endif
