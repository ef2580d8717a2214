/// A string of DTMF digits with pauses, as typed.
public struct DTMF: Sendable, Equatable {
    /// One step.
    public enum Step: Sendable, Equatable {
        /// Play one digit: `0-9`, `*`, `#`, `A-D`.
        case digit(Character)
        /// Wait for half a second (`w`) or a second (`W`).
        case pause(milliseconds: Int)
    }

    /// The steps in order.
    public let steps: [Step]

    /// Reads digits; blanks and hyphens between them are ignored.
    ///
    /// `PlayDTMF` itself plays the first byte of its `Digit`, whatever it is, ignores the rest and reports success. So
    /// the string is checked here and sent digit by digit.
    ///
    /// - Throws: ``ProtocolError`` with code `badDigits` for any other character, or if there are no digits.
    public init(_ text: String) throws(ProtocolError) {
        var steps: [Step] = []
        for character in text {
            switch character {
            case "0"..."9", "*", "#", "A"..."D": steps.append(.digit(character))
            case "a"..."d": steps.append(.digit(Character(character.uppercased())))
            case "w", ",": steps.append(.pause(milliseconds: 500))
            case "W": steps.append(.pause(milliseconds: 1000))
            case " ", "-": continue
            default:
                throw ProtocolError(.badDigits, "DTMF digits are 0-9, *, #, A-D, and w or W for a pause.")
            }
        }
        guard steps.contains(where: { if case .digit = $0 { true } else { false } }) else {
            throw ProtocolError(.badDigits, "There are no digits to play.")
        }
        self.steps = steps
    }
}
