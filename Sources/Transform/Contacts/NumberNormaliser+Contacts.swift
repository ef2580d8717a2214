public import CallRecords

extension NumberNormaliser {
    /// Every public number in a phone field of a CRM, each once, in order of appearance.
    ///
    /// `+7 916 353 0829, 8 (495) 958-88-07 / 9163530829 доб. 12` contains three. Semicolons, vertical bars, line ends
    /// and Google's ` ::: ` always separate numbers. A comma, a slash, a dash between blanks, a second plus, words and
    /// blanks do so only if the text before them is a complete number: `030/1234567` is one number, and so is `00229
    /// 0195123456`.
    public func numbers(inContactField text: String) -> [PhoneNumber] {
        var text = text
        return text.withUTF8 { bytes in
            // Most fields contain nothing that could separate numbers.
            if ContactField.isPlain(bytes), let number = whole(bytes) { return [number] }
            var numbers: [PhoneNumber] = []
            for part in ContactField.parts(bytes) {
                for number in self.numbers(in: part) where !numbers.contains(number) { numbers.append(number) }
            }
            return numbers
        }
    }

    /// The numbers in a part, from the first way of splitting it that yields any.
    private func numbers(in part: UnsafeBufferPointer<UInt8>) -> [PhoneNumber] {
        // A spreadsheet has rounded it: the last digits are lost.
        if ContactField.isScientific(part) { return [] }
        let (head, tail) = ContactField.cutAtRemark(part)
        if let tail { return numbers(in: head) + numbers(in: tail) }
        // In a dial string a comma is a pause, so the text before it would be the whole number.
        let list = numbers(cutting: part, at: ",")
        if !list.isEmpty { return list }
        let dashed = numbersBetweenDashes(part)
        if !dashed.isEmpty { return dashed }
        if let number = whole(part) { return [number] }
        let alternatives = numbers(cutting: part, at: "/\\")
        if !alternatives.isEmpty { return alternatives }
        let pieces = ContactField.cutAtPluses(part)
        if pieces.count > 1 { return pieces.flatMap { numbers(in: $0) } }
        let found = numbersBetweenBlanks(part)
        return found.isEmpty ? vanityNumber(part).map { [$0] } ?? [] : found
    }

    private func whole(_ text: UnsafeBufferPointer<UInt8>) -> PhoneNumber? { party(text, as: .written).phoneNumber }

    private func isVerified(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let explanation = explain(String(decoding: text, as: UTF8.self), as: .written)
        return explanation.party.phoneNumber != nil && explanation.isVerified
    }

    /// Splits after every piece that is a complete number; any other piece belongs to the one that follows.
    private func numbers(cutting text: UnsafeBufferPointer<UInt8>, at separators: StaticString) -> [PhoneNumber] {
        let ends = separators.withUTF8Buffer { marks in text.indices.filter { marks.contains(text[$0]) } }
        guard !ends.isEmpty else { return [] }
        var numbers: [PhoneNumber] = []
        var start = 0
        for end in ends + [text.count] {
            let piece = ContactField.blanking(text[start..<end], separators)
            let found = piece.withUnsafeBufferPointer { piece in
                whole(piece).map { [$0] } ?? (piece.count < text.count ? self.numbers(in: piece) : [])
            }
            if found.isEmpty { continue }
            numbers += found
            start = end + 1
        }
        return numbers
    }

    /// Splits at dashes with blanks on both sides if every part is a number of its country: `495 123-45-67 - 916
    /// 123-45-67`, but neither `030 - 1234567` nor the extension in `030 1234567 - 12`.
    private func numbersBetweenDashes(_ text: UnsafeBufferPointer<UInt8>) -> [PhoneNumber] {
        let pieces = ContactField.cutAtDashes(text)
        guard pieces.count > 1, pieces.allSatisfy({ ContactField.digits($0) >= 6 && isVerified($0) }) else { return [] }
        return pieces.compactMap(whole)
    }

    /// Splits at a blank if both parts are numbers of their countries; if several blanks would do, at one that is
    /// followed by a plus or a trunk prefix.
    private func numbersBetweenBlanks(_ text: UnsafeBufferPointer<UInt8>, depth: Int = 0) -> [PhoneNumber] {
        // Fields are usually written by people, but a file may contain anything.
        guard text.count <= 200, depth < 4 else { return [] }
        var cuts: [(isMarked: Bool, numbers: [PhoneNumber])] = []
        for blank in text.indices where text[blank] == UInt8(ascii: " ") {
            let left = UnsafeBufferPointer(rebasing: text[..<blank])
            let right = UnsafeBufferPointer(rebasing: text[(blank + 1)...].drop { $0 == UInt8(ascii: " ") })
            guard ContactField.digits(left) >= 6, ContactField.digits(right) >= 6, isVerified(left),
                let first = whole(left)
            else { continue }
            let rest =
                isVerified(right) ? whole(right).map { [$0] } ?? [] : numbersBetweenBlanks(right, depth: depth + 1)
            if rest.isEmpty { continue }
            cuts.append((ContactField.isMarked(right, by: plan), [first] + rest))
        }
        let marked = cuts.filter(\.isMarked)
        return marked.first?.numbers ?? (cuts.count == 1 ? cuts[0].numbers : [])
    }

    /// `1-800-FLOWERS`, by the letters on the keys.
    private func vanityNumber(_ text: UnsafeBufferPointer<UInt8>) -> PhoneNumber? {
        guard let vanity = ContactField.vanityDigits(text) else { return nil }
        let explanation = explain(vanity.digits, as: .written)
        guard explanation.isVerified, let number = explanation.party.phoneNumber else { return nil }
        // A remark in lower case after a short number would also qualify; only service numbers are written as words.
        switch facts(of: number)?.kind {
        case .tollFree, .sharedCost, .premiumRate, .universalAccess: return number
        default: return vanity.isUpperCase ? number : nil
        }
    }
}
