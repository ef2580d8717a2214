import CallRecords

extension NumberNormaliser {
    /// The extension whose phone a channel is; `nil` for a line.
    func phone(of channel: ChannelName) -> String? {
        guard let digits = channel.phone else { return nil }
        // Old versions name the channel of an unknown caller after the port; only a plan that somebody wrote takes
        // precedence.
        if plan.extensions.isAssumed, Self.ports.contains(where: { digits.elementsEqual($0.utf8) }) { return nil }
        return party(digits, as: .caller).extensionNumber
    }

    private static let ports = ["5060", "5061", "4569"]

    /// The public number behind a code with which a caller withholds or shows their number: `*6712125550123`,
    /// `#31#12125550124`, `*31#…`, and, in countries whose codes are digits, `14102071234567`.
    ///
    /// - Returns: `nil` if no complete public number is left.
    func numberBehindCode(_ text: UnsafeBufferPointer<UInt8>) -> PhoneNumber? {
        var text = text
        if text.last == UInt8(ascii: "#") { text = UnsafeBufferPointer(rebasing: text.dropLast()) }
        guard text.count <= NumberText.capacity else { return nil }
        guard let symbol = text.lastIndex(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "#") }) else {
            return numberBehindCodeOfDigits(text)
        }
        let rest = text[(symbol + 1)...]
        // A code that ends with its symbol (#31#) is complete; one that only begins with it (*67) has further digits.
        let isOver = text[..<symbol].contains { $0 &- UInt8(ascii: "0") < 10 }
        for digits in isOver ? [0, 2, 3, 4] : [2, 3, 4] where rest.count >= digits + 7 {
            let number = UnsafeBufferPointer(rebasing: rest.dropFirst(digits))
            if let number = party(number, as: .dialled).phoneNumber { return number }
        }
        return nil
    }

    /// The verified number behind a code of digits; `nil` if the country has no such codes, or if the digits as written
    /// are a known number.
    func numberBehindCodeOfDigits(_ text: UnsafeBufferPointer<UInt8>) -> PhoneNumber? {
        guard let codes = plan.region.flatMap({ Self.codesOfDigits[$0] }), text.count <= NumberText.capacity else {
            return nil
        }
        for rest in codes.compactMap({ text.dropping($0) }) {
            let behind = explain(String(decoding: rest, as: UTF8.self), as: .dialled)
            guard behind.isVerified, let number = behind.party.phoneNumber else { continue }
            let whole = explain(String(decoding: text, as: UTF8.self), as: .dialled)
            return whole.party.phoneNumber != nil && whole.isVerified ? nil : number
        }
        return nil
    }

    /// Codes without a star or hash that withhold or show the caller's number, by the country in which they are
    /// dialled.
    private static let codesOfDigits: [String: [String]] = [
        "AU": ["1831", "1832"], "CA": ["1167", "1182"], "ES": ["067"], "FR": ["3651"], "GB": ["141", "1470"],
        "HK": ["133", "1357"], "IE": ["141", "142"], "JP": ["184", "186"], "NZ": ["0196", "0197"],
        "US": ["1167", "1182"],
    ]
}
