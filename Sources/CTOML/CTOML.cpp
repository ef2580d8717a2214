#include "CTOML.h"

// The parser reports a syntax error as a value, so only an allocation and an assertion of the parser can throw. The
// parser assumes that a table header begins with a key, and `[é` would end the process. Without assertions it would
// continue in an undefined state, so they stay enabled, and throw.
namespace {
struct ParserFault {};
}  // namespace
#undef NDEBUG
#define TOML_ASSERT(expr) ((expr) ? static_cast<void>(0) : throw ParserFault{})
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstring>
#include <sstream>
#include <string>
#include <vector>

namespace {

struct Walker {
    void *context;
    void (*visit)(void *, const CTOMLNode *);
    std::vector<CTOMLText> path;

    void report(CTOMLKind kind, std::string_view text, toml::source_position at, bool element) {
        CTOMLNode out{};
        out.path = path.data();
        out.depth = path.size();
        out.isElement = element;
        out.kind = kind;
        out.text = {text.data(), text.size()};
        out.line = at.line;
        out.column = at.column;
        visit(context, &out);
    }

    // The fewest digits that read back as the same number: 0.1 stays 0.1.
    static std::string shortest(double value) {
        char digits[32];
        return std::string(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    }

    template <typename Value>
    static std::string written(const Value &value) {
        std::ostringstream stream;
        stream << value;
        return stream.str();
    }

    void node(const toml::node &node, toml::source_position at, bool element) {
        switch (node.type()) {
        case toml::node_type::table:
            report(CTOMLKindTable, {}, at, element);
            // A table in an array has no path of its own, so its content could not be told apart.
            if (!element) table(*node.as_table());
            break;
        case toml::node_type::array:
            report(CTOMLKindArray, {}, at, element);
            if (!element) {
                for (const auto &each : *node.as_array()) this->node(each, each.source().begin, true);
            }
            break;
        case toml::node_type::string: report(CTOMLKindString, node.as_string()->get(), at, element); break;
        case toml::node_type::integer:
            report(CTOMLKindInteger, std::to_string(node.as_integer()->get()), at, element);
            break;
        case toml::node_type::floating_point:
            report(CTOMLKindFloat, shortest(node.as_floating_point()->get()), at, element);
            break;
        case toml::node_type::boolean:
            report(CTOMLKindBoolean, node.as_boolean()->get() ? "true" : "false", at, element);
            break;
        case toml::node_type::date: report(CTOMLKindDateTime, written(node.as_date()->get()), at, element); break;
        case toml::node_type::time: report(CTOMLKindDateTime, written(node.as_time()->get()), at, element); break;
        case toml::node_type::date_time:
            report(CTOMLKindDateTime, written(node.as_date_time()->get()), at, element);
            break;
        case toml::node_type::none: break;
        }
    }

    void table(const toml::table &table) {
        for (const auto &[key, value] : table) {
            std::string_view name = key.str();
            path.push_back({name.data(), name.size()});
            node(value, key.source().begin, false);
            path.pop_back();
        }
    }
};

void describe(CTOMLError *error, std::string_view message, toml::source_position at) {
    size_t length = std::min(message.size(), sizeof error->message - 1);
    std::memcpy(error->message, message.data(), length);
    error->message[length] = '\0';
    error->line = at.line;
    error->column = at.column;
}

// The first line that begins a table header with anything but a key; 1 if there is none.
uint32_t lineOfBadHeader(std::string_view text) {
    uint32_t line = 1;
    for (size_t start = 0; start < text.size(); line++) {
        size_t end = std::min(text.find('\n', start), text.size());
        size_t at = text.find_first_not_of(" \t", start);
        if (at < end && text[at] == '[') {
            at = text.find_first_not_of("[ \t", at);
            bool isKey = at < end && (std::isalnum(static_cast<unsigned char>(text[at])) != 0
                || std::strchr("_-\"'", text[at]) != nullptr);
            if (!isKey) return line;
        }
        start = end + 1;
    }
    return 1;
}

}  // namespace

bool CTOMLParse(
    const char *bytes,
    size_t length,
    void *context,
    void (*visit)(void *context, const CTOMLNode *node),
    CTOMLError *error
) {
    try {
        toml::parse_result result = toml::parse(std::string_view(bytes, length));
        if (!result) {
            describe(error, result.error().description(), result.error().source().begin);
            return false;
        }
        Walker{context, visit, {}}.table(result.table());
        return true;
    } catch (const ParserFault &) {
        toml::source_position at{lineOfBadHeader(std::string_view(bytes, length)), 1};
        describe(error, "a key of letters other than A-Z must be in quotes, as in [pbx.\"Büro\"]", at);
        return false;
    } catch (...) {
        describe(error, "out of memory", {});
        return false;
    }
}
