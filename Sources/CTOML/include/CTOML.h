#ifndef CTOML_H
#define CTOML_H

// A plain C face over toml++ (https://marzer.github.io/tomlplusplus/), which is C++ templates throughout and cannot be
// imported into Swift. No exception leaves these functions, and no pointer outlives the call that lent it.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What stands at a place of a TOML document.
typedef enum {
    CTOMLKindTable,
    CTOMLKindArray,
    CTOMLKindString,
    CTOMLKindInteger,
    CTOMLKindFloat,
    CTOMLKindBoolean,
    CTOMLKindDateTime
} CTOMLKind;

/// UTF-8 text, not terminated; valid during the callback only.
typedef struct {
    const char *bytes;
    size_t length;
} CTOMLText;

/// One node of the document.
///
/// A table or an array is visited before what is in it. The elements of an array carry the path of the array.
typedef struct {
    const CTOMLText *path;  ///< The keys from the root to here.
    size_t depth;           ///< How many keys `path` has; never 0.
    bool isElement;         ///< Whether this is an element of the array at `path`.
    CTOMLKind kind;
    CTOMLText text;         ///< A scalar as text (`true`, `42`, `0.5`), empty for tables and arrays.
    uint32_t line;          ///< Where the key stands, or the element; from 1.
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
