/// Writes JSON (RFC 8259) as text: the caller keeps the order of members, the writer keeps the commas.
struct JSONWriter {
    private(set) var text = ""
    /// Whether the next value needs a comma before it.
    private var needsComma = false

    mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        try nest("{", "}", body)
    }

    mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        try nest("[", "]", body)
    }

    mutating func key(_ name: String) {
        separate()
        quote(name)
        text += ":"
        needsComma = false
    }

    mutating func string(_ value: String) {
        separate()
        quote(value)
        needsComma = true
    }

    mutating func null() { raw("null") }
    mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
    mutating func integer(_ value: some BinaryInteger) { raw(String(value)) }

    /// A number that is written already.
    mutating func raw(_ number: String) {
        separate()
        text += number
        needsComma = true
    }

    mutating func member(_ name: String, string value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }

    mutating func member(_ name: String, integer value: some BinaryInteger) {
        key(name)
        integer(value)
    }

    /// A line break between values, for readers and for tools that work by lines.
    mutating func lineBreak() {
        if needsComma {
            text += ",\n"
            needsComma = false
        } else {
            text += "\n"
        }
    }

    private mutating func separate() {
        if needsComma { text += "," }
    }

    private mutating func nest(_ open: String, _ close: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
        separate()
        text += open
        needsComma = false
        try body(&self)
        text += close
        needsComma = true
    }

    private mutating func quote(_ value: String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
