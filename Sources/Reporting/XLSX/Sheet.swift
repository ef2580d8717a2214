import Base
import CXLSXWriter

/// A sheet of a workbook, valid as long as the workbook. Rows and columns are counted from 0.
struct Sheet {
    let handle: UnsafeMutablePointer<lxw_worksheet>
    let formats: Workbook.Formats
    /// Its name as the workbook has it.
    let name: String

    /// The most rows that the format supports.
    static let mostRows = 1_048_576

    func write(_ text: String, row: Int, column: Int, _ style: CellStyle = .plain) throws(ReportError) {
        // Excel accepts 32767 UTF-16 units in a cell.
        let text = text.utf16.count > 32_000 ? String(text.prefix(10_000)) + "…" : text
        try check(
            worksheet_write_string(handle, lxw_row_t(row), lxw_col_t(column), PrintableText.of(text), formats[style])
        )
    }

    func write(_ number: Double, row: Int, column: Int, _ style: CellStyle = .plain) throws(ReportError) {
        try check(worksheet_write_number(handle, lxw_row_t(row), lxw_col_t(column), number, formats[style]))
    }

    /// A text over several columns, in as many lines as it needs.
    ///
    /// - Parameter width: The columns' width in characters.
    func write(
        _ text: String,
        row: Int,
        columns: ClosedRange<Int>,
        width: Int,
        _ look: CellStyle.Look = .wrapped
    ) throws(ReportError) {
        guard columns.count > 1 else {
            return try write(text, row: row, column: columns.lowerBound, CellStyle(look: look))
        }
        try setRow(row, height: Self.height(of: text, width: width))
        let (first, last) = (lxw_col_t(columns.lowerBound), lxw_col_t(columns.upperBound))
        let style = formats[CellStyle(look: look)]
        try check(
            worksheet_merge_range(handle, lxw_row_t(row), first, lxw_row_t(row), last, PrintableText.of(text), style)
        )
    }

    /// The height of a row with a text that is wrapped, in points: programs do not find it for merged cells.
    static func height(of text: String, width: Int) -> Double {
        let lines = DisplayWidth.of(text) / max(width - 4, 1) + 1
        return 15 * Double(min(lines, 25))
    }

    /// An empty cell with a background or a border.
    func fill(row: Int, column: Int, _ style: CellStyle) throws(ReportError) {
        try check(worksheet_write_blank(handle, lxw_row_t(row), lxw_col_t(column), formats[style]))
    }

    /// The name of another sheet, as a link to it.
    func writeLink(to name: String, row: Int, column: Int) throws(ReportError) {
        try check(
            worksheet_write_url(handle, lxw_row_t(row), lxw_col_t(column), "internal:\(Self.quoted(name))!A1", nil)
        )
        // The link's own text is its address.
        try check(
            worksheet_write_string(handle, lxw_row_t(row), lxw_col_t(column), name, formats[CellStyle(look: .bold)])
        )
    }

    /// A sheet's name in a formula.
    static func quoted(_ name: String) -> String { "'\(name.replacing("'", with: "''"))'" }

    /// Widths are given in characters of the standard font.
    func setColumn(_ column: Int, width: Int) throws(ReportError) {
        try check(worksheet_set_column(handle, lxw_col_t(column), lxw_col_t(column), Double(width), nil))
    }

    /// The height of a row in points.
    func setRow(_ row: Int, height: Double) throws(ReportError) {
        try check(worksheet_set_row(handle, lxw_row_t(row), height, nil))
    }

    /// The rows up to the headings, and the first columns, stay visible when the sheet is scrolled.
    func freeze(headingRow: Int, columns: Int) {
        worksheet_freeze_panes(handle, lxw_row_t(headingRow + 1), lxw_col_t(columns))
    }

    /// A4, landscape, one page wide, with the headings on each page.
    func setPaper(headingRow: Int) throws(ReportError) {
        worksheet_set_landscape(handle)
        worksheet_set_paper(handle, 9)
        worksheet_fit_to_pages(handle, 1, 0)
        worksheet_set_margins(handle, 0.4, 0.4, 0.5, 0.6)
        try check(worksheet_repeat_rows(handle, lxw_row_t(headingRow), lxw_row_t(headingRow)))
        try check(worksheet_set_footer(handle, "&L&8&A&R&8&P / &N"))
    }

    /// What is printed.
    func setPrintArea(lastRow: Int, lastColumn: Int) throws(ReportError) {
        try check(worksheet_print_area(handle, 0, 0, lxw_row_t(lastRow), lxw_col_t(lastColumn)))
    }

    /// Adds filter arrows to the headings for the rows below them.
    func setFilter(firstRow: Int, lastRow: Int, lastColumn: Int) throws(ReportError) {
        try check(worksheet_autofilter(handle, lxw_row_t(firstRow), 0, lxw_row_t(lastRow), lxw_col_t(lastColumn)))
    }

    func insert(_ chart: UnsafeMutablePointer<lxw_chart>, row: Int, column: Int) throws(ReportError) {
        try check(worksheet_insert_chart(handle, lxw_row_t(row), lxw_col_t(column), chart))
    }

    private func check(_ status: lxw_error) throws(ReportError) {
        guard status == LXW_NO_ERROR else { throw Workbook.failure(status) }
    }
}

extension LocalMoment {
    /// The moment as a spreadsheet's serial number: local days since 1899-12-30. Spreadsheets have no zones.
    var serial: Double { Double(day + 25_569) + Double(secondOfDay) / 86_400 }
}
