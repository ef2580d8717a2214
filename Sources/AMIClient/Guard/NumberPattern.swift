/// A dialplan pattern of numbers, with or without its `_`.
///
/// `X` is 0-9, `Z` 1-9, `N` 2-9, `[1-35]` one of these, `.` one or more of anything, `!` zero or more
/// (https://docs.asterisk.org/Configuration/Dialplan/Pattern-Matching/). `-` between digits means nothing.
struct NumberPattern {
    private let pattern: [Character]

    init(_ text: String) {
        pattern = Array(text.hasPrefix("_") ? text.dropFirst() : text[...])
    }

    func matches(_ number: String) -> Bool {
        matches(pattern[...], number[...])
    }

    private func matches(_ pattern: ArraySlice<Character>, _ number: Substring) -> Bool {
        var pattern = pattern
        var number = number
        while let symbol = pattern.popFirst() {
            switch symbol {
            case "-": continue
            case "!": return true
            case ".": return !number.isEmpty
            case "[":
                guard let end = pattern.firstIndex(of: "]"), let digit = number.popFirst(),
                    Self.set(pattern[pattern.startIndex..<end], contains: digit)
                else { return false }
                pattern = pattern[(end + 1)...]
            default:
                guard let digit = number.popFirst(), Self.symbol(symbol, matches: digit) else { return false }
            }
        }
        return number.isEmpty
    }

    private static func symbol(_ symbol: Character, matches digit: Character) -> Bool {
        switch symbol {
        case "X", "x": ("0"..."9").contains(digit)
        case "Z", "z": ("1"..."9").contains(digit)
        case "N", "n": ("2"..."9").contains(digit)
        default: symbol == digit
        }
    }

    private static func set(_ set: ArraySlice<Character>, contains digit: Character) -> Bool {
        var index = set.startIndex
        while index < set.endIndex {
            if index + 2 < set.endIndex, set[index + 1] == "-" {
                if set[index] <= digit, digit <= set[index + 2] { return true }
                index += 3
            } else {
                if set[index] == digit { return true }
                index += 1
            }
        }
        return false
    }
}
