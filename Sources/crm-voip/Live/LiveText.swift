import AMI
import Base
import Reporting

/// Lines for people who look at a PBX.
enum LiveText {
    /// Columns as wide as they need to be. Control characters in callers' names cannot affect the terminal.
    static func table(_ heads: [String], _ rows: [[String]], style: Style) -> String {
        let cells = rows.map { $0.map(PrintableText.of) }
        let widths = heads.indices.map { column in
            ([heads[column]] + cells.map { $0[column] }).map(DisplayWidth.of).max() ?? 0
        }
        let line = { (row: [String]) in
            var text = ""
            for (column, cell) in row.enumerated() {
                text += cell
                guard column < row.count - 1 else { continue }
                text += String(repeating: " ", count: widths[column] - DisplayWidth.of(cell) + 2)
            }
            return text
        }
        return style.bold(line(heads)) + "\n" + cells.map { line($0) + "\n" }.joined()
    }

    /// A text with blanks up to a width, and at least one blank.
    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - DisplayWidth.of(text)))
    }

    /// `1:02:03` or `2:03`.
    static func clock(_ time: Duration) -> String { DurationText.of(max(.zero, time)) }

    /// `2:03 ago`.
    static func ago(_ time: Duration) -> String { localized("\(clock(time)) ago", context: "queue status") }

    /// `"Name" <number>`, or whichever part is known.
    static func party(_ number: String, _ name: String) -> String {
        if name.isEmpty || name == number { return number }
        return number.isEmpty ? name : "\(name) <\(number)>"
    }
}
