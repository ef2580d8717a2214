/// Writes long JSON piece by piece: the caller determines the order of members, the writer adds the commas.
public struct JSONWriter: Sendable {
    /// What has been written so far.
    public private(set) var text = ""
    /// Whether the next value needs a comma before it.
    private var needsComma = false

    /// A writer that has written nothing.
    public init() {}

    /// An object; its members are written by `body`.
    public mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        try nest("{", "}", body)
    }

    /// An array; its values are written by `body`.
    public mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        try nest("[", "]", body)
    }

    /// The name of the member whose value comes next.
    public mutating func key(_ name: String) {
        separate()
        JSON.quote(name, to: &text)
        text += ":"
        needsComma = false
    }

    /// A string.
    public mutating func string(_ value: String) {
        separate()
        JSON.quote(value, to: &text)
        needsComma = true
    }

    /// `null`.
    public mutating func null() { raw("null") }
    /// `true` or `false`.
    public mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
    /// A whole number.
    public mutating func integer(_ value: some BinaryInteger) { raw(String(value)) }

    /// A number that is already formatted.
    public mutating func raw(_ number: String) {
        separate()
        text += number
        needsComma = true
    }

    /// A member with a string or null.
    public mutating func member(_ name: String, string value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }

    /// A member with a whole number.
    public mutating func member(_ name: String, integer value: some BinaryInteger) {
        key(name)
        integer(value)
    }

    /// A line break between values, for human readers and for line-based tools.
    public mutating func lineBreak() {
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
}
