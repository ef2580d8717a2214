/// Hides who was called: the last four digits of every number with seven or more become `x`, as on an itemised bill.
package enum NumberMask {
    /// The text with its numbers masked. Channel ids (`PJSIP/101-0000001a`) and uniqueids (`1700000000.12`) are kept.
    package static func masked(_ text: String) -> String {
        var characters = Array(text)
        var start: Int?
        for index in 0...characters.count {
            let isDigit = index < characters.count && isNumberPart(characters[index])
            if isDigit {
                start = start ?? index
            } else if let first = start {
                hide(&characters, first..<index)
                start = nil
            }
        }
        return String(characters)
    }

    /// A number in any notation, without its last four digits; anything between the digits is kept.
    package static func hidingEnd(of number: String) -> String {
        var characters = Array(number)
        for index in characters.indices.filter({ characters[$0].isWholeNumber }).suffix(4) { characters[index] = "x" }
        return String(characters)
    }

    private static func isNumberPart(_ character: Character) -> Bool { character.isWholeNumber }

    private static func hide(_ characters: inout [Character], _ run: Range<Int>) {
        guard run.count >= 7 else { return }
        let next = run.upperBound < characters.count ? characters[run.upperBound] : " "
        let isUniqueid =
            run.count == 10 && next == "." && run.upperBound + 1 < characters.count
            && characters[run.upperBound + 1].isWholeNumber
        let isChannelsEnd =
            run.lowerBound > 0 && characters[run.lowerBound - 1] == "-" && (run.count == 8 || next.isHexDigit)
            && characters[run.lowerBound] == "0"
        guard !isUniqueid, !isChannelsEnd else { return }
        for index in run.suffix(4) { characters[index] = "x" }
    }
}
