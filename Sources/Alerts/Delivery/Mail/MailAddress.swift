/// An address of a mail, with or without a name: `Operations <ops@example.com>`.
public struct MailAddress: Sendable, Equatable {
    /// The address alone: `ops@example.com`.
    public let address: String
    /// The name; nil if there is none.
    public let name: String?

    /// Parses `ADDRESS` or `NAME <ADDRESS>`; nil if that is not an address in ASCII.
    public init?(_ text: String) {
        var address = text.trimmedBlanks
        var name: Substring?
        if address.hasSuffix(">"), let open = address.lastIndex(of: "<") {
            name = address[..<open].trimmedBlanks
            if let quoted = name, quoted.count >= 2, quoted.hasPrefix("\""), quoted.hasSuffix("\"") {
                name = quoted.dropFirst().dropLast()
            }
            address = address[address.index(after: open)...].dropLast()
        }
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        // What would end the address, or the command that carries it, is refused.
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), address.utf8.count <= 254,
            address.utf8.allSatisfy({ 0x21...0x7E ~= $0 && !"<>()[],;:\\\"".utf8.contains($0) }),
            name?.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) ?? true
        else { return nil }
        self.address = String(address)
        self.name = name.flatMap { $0.isEmpty ? nil : String($0) }
    }

    /// The part after the `@`.
    var domain: String { String(address.drop { $0 != "@" }.dropFirst()) }

    /// As it stands in a header field.
    var field: String {
        guard let name else { return address }
        let phrase = MailEncoding.phrase(name)
        return phrase + (phrase.utf8.count + address.utf8.count > 60 ? "\r\n" : "") + " <\(address)>"
    }
}
