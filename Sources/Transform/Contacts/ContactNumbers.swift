public import CallRecords

extension NumberNormaliser {
    /// Every public number in a phone field of a CRM, each once, in the order written.
    ///
    /// `+7 916 353 0829, 8 (495) 958-88-07 / 9163530829 доб. 12` holds two. Commas, semicolons, bars and line ends
    /// part numbers; a slash, a second plus or a blank does where the whole is no number (`030/1234567` is one).
    public func numbers(inContactField text: String) -> [PhoneNumber] {
        var text = text
        return text.withUTF8 { bytes in
            var numbers: [PhoneNumber] = []
            for part in bytes.split(whereSeparator: Self.partsAlways) {
                collect(UnsafeBufferPointer(rebasing: part), splitting: Self.softSeparators[...], into: &numbers)
            }
            return numbers
        }
    }

    private static func partsAlways(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
        default: false
        }
    }

    /// Tried one after the other, the least ambiguous first.
    private static let softSeparators: [UInt8] = [
        UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "+"), UInt8(ascii: " "),
    ]

    private func collect(
        _ text: UnsafeBufferPointer<UInt8>,
        splitting separators: ArraySlice<UInt8>,
        into numbers: inout [PhoneNumber]
    ) {
        if let number = party(text, as: .written).phoneNumber {
            if !numbers.contains(number) { numbers.append(number) }
            return
        }
        guard let separator = separators.first else { return }
        let rest = separators.dropFirst()
        if separator == UInt8(ascii: "+") {
            // The plus belongs to what follows it.
            let starts = text.indices.filter { text[$0] == separator && $0 > 0 }
            guard !starts.isEmpty else { return collect(text, splitting: rest, into: &numbers) }
            for (start, end) in zip([0] + starts, starts + [text.count]) {
                collect(UnsafeBufferPointer(rebasing: text[start..<end]), splitting: rest, into: &numbers)
            }
            return
        }
        let parts = text.split(separator: separator)
        guard parts.count > 1 else { return collect(text, splitting: rest, into: &numbers) }
        for part in parts { collect(UnsafeBufferPointer(rebasing: part), splitting: rest, into: &numbers) }
    }
}
