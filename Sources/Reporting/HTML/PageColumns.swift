/// The columns of a report's table on a page.
struct PageColumns {
    /// Those that are always visible: the ones that identify a row, and the most important figures.
    let first: [TableLayout.Column]
    /// The others, in blocks that fit on paper, each with the columns that identify a row.
    let rest: [[TableLayout.Column]]

    /// - Parameter most: The number of figures that fit beside each other.
    init(_ result: ReportResult, _ layout: TableLayout, atMost most: Int) {
        let keys = Array(layout.columns.prefix(layout.keyCount))
        let others = Array(layout.columns.dropFirst(layout.keyCount))
        let isChosen = result.definition.hasChosenColumns || !result.definition.shown.isEmpty
        let named = isChosen ? [] : result.definition.main.compactMap { name in others.first { $0.name == name } }
        let texts = others.count { !$0.isNumeric }
        if !named.isEmpty {
            let names = Set(named.map(\.name))
            first = keys + named
            rest = Self.blocks(others.filter { !names.contains($0.name) }, atMost: most).map { keys + $0 }
        } else if others.count <= most || texts * 2 >= others.count {
            // Texts are read as a sentence.
            (first, rest) = (layout.columns, [])
        } else {
            let blocks = Self.blocks(others, atMost: most)
            first = keys + blocks[0]
            rest = blocks.dropFirst().map { keys + $0 }
        }
    }

    /// Blocks of about the same size.
    private static func blocks(_ columns: [TableLayout.Column], atMost most: Int) -> [[TableLayout.Column]] {
        guard !columns.isEmpty else { return [] }
        let count = (columns.count + most - 1) / most
        let size = (columns.count + count - 1) / count
        return stride(from: 0, to: columns.count, by: size).map { Array(columns[$0..<min($0 + size, columns.count)]) }
    }
}
