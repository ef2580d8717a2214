/// A number as somebody wrote it, with everything else removed. Allocates nothing.
struct NumberText {
    enum Form {
        /// Empty.
        case empty
        /// A word that says that the number is withheld.
        case withheld
        /// A name, a word or the dialplan's `s`: not a number.
        case letters
        /// Digits among `*` and `#`.
        case code
        /// ``bytes`` contains at least one digit, with a plus before the digits if ``isInternational``.
        case digits
    }

    /// How strict the writer was.
    enum Writer {
        /// A PBX: a letter before the digits makes it a name, and so does one after them, unless it begins an
        /// extension's suffix.
        case machine
        /// A person in a CRM: `моб. 8 (916) 197-30-60 (Ольга)` is a number with remarks.
        case person
    }

    /// More digits than a telephone network accepts in any number, prefix and suffix included.
    static let capacity = 31

    private(set) var form = Form.empty
    /// Whether a plus was written.
    private(set) var isInternational = false
    /// The plus if there is one, then digits; for a code, the code as written.
    private(set) var bytes = InlineArray<32, UInt8>(repeating: 0)
    /// How many of ``bytes`` are used.
    private(set) var count = 0

    /// Calls `body` with ``bytes``.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.span.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0.prefix(count))) }
    }

    init(_ text: UnsafeBufferPointer<UInt8>, by writer: Writer = .machine) {
        let user = NumberWrapping.open(text)
        guard !user.isEmpty else { return }
        if NumberWrapping.isWithheld(user) {
            form = .withheld
            return
        }
        scan(user, by: writer)
    }

    private mutating func append(_ byte: UInt8) -> Bool {
        guard count < Self.capacity else { return false }
        bytes[count] = byte
        count += 1
        return true
    }

    private mutating func scan(_ user: UnsafeBufferPointer<UInt8>, by writer: Writer) {
        var digits = 0
        var symbols = 0
        var index = 0
        scan: while index < user.count {
            var byte = user[index]
            if let escaped = NumberWrapping.escaped(user, at: index) {
                byte = escaped
                index += 2
            }
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard append(byte) else {
                    form = .letters
                    return
                }
                digits += 1
            case UInt8(ascii: "+"):
                guard digits == 0, symbols == 0, !isInternational else {
                    form = .letters
                    return
                }
                isInternational = true
                _ = append(byte)
            case UInt8(ascii: "*"), UInt8(ascii: "#"):
                if writer == .person, digits > 6 { break scan }
                guard append(byte) else {
                    form = .letters
                    return
                }
                symbols += 1
            case UInt8(ascii: ","):
                // A pause in a dial string; what follows is dialled after the answer.
                if digits > 0 { break scan }
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("),
                UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "/"), 0:
                break
            default:
                let blank = NumberWrapping.blankLength(user, at: index)
                if blank > 0 {
                    index += blank
                    continue
                }
                if digits > 4, writer == .person || NumberWrapping.beginsExtension(user, at: index) { break scan }
                guard writer == .person, digits == 0 else {
                    form = .letters
                    return
                }
                // A remark before the number: its content is ignored.
                count = 0
                isInternational = false
                symbols = 0
            }
            index += 1
        }
        finish(digits: digits, symbols: symbols)
    }

    private mutating func finish(digits: Int, symbols: Int) {
        // The hash that ends dialling is not part of the number.
        let hasFinalHash = symbols == 1 && digits > 6 && bytes[count - 1] == UInt8(ascii: "#")
        if hasFinalHash { count -= 1 }
        form = symbols > 0 && !hasFinalHash ? .code : digits > 0 ? .digits : .letters
    }
}
