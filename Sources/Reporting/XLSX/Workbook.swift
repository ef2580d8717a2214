import Base
import CXLSXWriter

/// A workbook that libxlsxwriter writes to a file. Owns the handle.
struct Workbook: ~Copyable {
    /// The display format of a cell's number.
    enum Style: Hashable, CaseIterable {
        case plain, heading, day, moment, duration, averageDuration, percent, oneDecimal, wrapped
    }

    /// The workbook's formats, one for each style. They belong to the workbook and are valid as long as it is.
    struct Formats {
        fileprivate let handles: [Style: UnsafeMutablePointer<lxw_format>]
    }

    private let handle: UnsafeMutablePointer<lxw_workbook>

    /// - Parameters:
    ///   - path: The file that is written when the workbook is closed.
    ///   - savesMemory: Whether rows are written to a temporary file as they come, which requires them to come in
    ///     order.
    /// - Throws: ``ReportError`` with code `rendering`.
    init(path: String, savesMemory: Bool) throws(ReportError) {
        var options = lxw_workbook_options()
        options.constant_memory = savesMemory ? 1 : 0
        guard let handle = workbook_new_opt(path, &options) else {
            throw ReportError(.rendering, "No workbook can be made at \(path).")
        }
        self.handle = handle
    }

    /// Creates the formats; call it once.
    func makeFormats() -> Formats {
        var formats: [Style: UnsafeMutablePointer<lxw_format>] = [:]
        for style in Style.allCases {
            guard let format = workbook_add_format(handle) else { continue }
            style.apply(to: format)
            formats[style] = format
        }
        return Formats(handles: formats)
    }

    deinit {
        // Reached only when writing was abandoned: the file is useless, but the memory is freed.
        workbook_close(handle)
    }

    /// Writes the file.
    consuming func close() throws(ReportError) {
        let handle = handle
        discard self
        let status = workbook_close(handle)
        guard status == LXW_NO_ERROR else { throw Self.failure(status) }
    }

    /// Adds a sheet; its name is cut and cleaned so that Excel accepts it.
    func addSheet(_ name: String, _ formats: Formats) throws(ReportError) -> Sheet {
        let forbidden: Set<Character> = ["[", "]", ":", "*", "?", "/", "\\"]
        var clean = String(name.filter { !forbidden.contains($0) }.prefix(31))
        while clean.first == "'" { clean.removeFirst() }
        while clean.last == "'" { clean.removeLast() }
        guard let sheet = workbook_add_worksheet(handle, clean.isEmpty ? nil : clean) else {
            throw ReportError(.rendering, "The workbook already has a sheet \"\(clean)\".")
        }
        return Sheet(handle: sheet, formats: formats)
    }

    /// A chart of columns in a sheet.
    func addChart(_ kind: lxw_chart_type) -> UnsafeMutablePointer<lxw_chart>? {
        workbook_add_chart(handle, UInt8(kind.rawValue))
    }

    static func failure(_ status: lxw_error) -> ReportError {
        ReportError(.rendering, "The workbook cannot be written: \(String(cString: lxw_strerror(status))).")
    }
}

extension Workbook.Style {
    fileprivate func apply(to format: UnsafeMutablePointer<lxw_format>) {
        switch self {
        case .plain: break
        case .heading:
            format_set_bold(format)
            format_set_text_wrap(format)
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
            format_set_bg_color(format, 0xE8EDF3)
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
        case .day: format_set_num_format(format, "ddd yyyy-mm-dd")
        case .moment: format_set_num_format(format, "yyyy-mm-dd hh:mm:ss")
        case .duration: format_set_num_format(format, "[h]:mm:ss")
        case .averageDuration: format_set_num_format(format, "[h]:mm:ss.0")
        case .percent: format_set_num_format(format, "0.0%")
        case .oneDecimal: format_set_num_format(format, "0.0")
        case .wrapped:
            format_set_text_wrap(format)
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        }
    }
}

/// A sheet of a workbook, valid as long as the workbook. Rows and columns are counted from 0.
struct Sheet {
    let handle: UnsafeMutablePointer<lxw_worksheet>
    fileprivate let formats: Workbook.Formats

    /// The most rows that the format supports.
    static let mostRows = 1_048_576

    func write(_ text: String, row: Int, column: Int, _ style: Workbook.Style = .plain) throws(ReportError) {
        // Excel accepts 32767 UTF-16 units in a cell.
        let text = text.utf16.count > 32_000 ? String(text.prefix(10_000)) + "…" : text
        try check(
            worksheet_write_string(
                handle,
                lxw_row_t(row),
                lxw_col_t(column),
                PrintableText.of(text),
                formats.handles[style]
            )
        )
    }

    func write(_ number: Double, row: Int, column: Int, _ style: Workbook.Style = .plain) throws(ReportError) {
        try check(worksheet_write_number(handle, lxw_row_t(row), lxw_col_t(column), number, formats.handles[style]))
    }

    /// Widths are given in characters of the standard font.
    func setColumn(_ column: Int, width: Int) throws(ReportError) {
        try check(worksheet_set_column(handle, lxw_col_t(column), lxw_col_t(column), Double(width), nil))
    }

    /// The rows up to the headings stay visible when the sheet is scrolled, and are repeated on paper, which is
    /// landscape.
    func setUp(headingHeight: Double, frozenColumns: Int, headingRow: Int = 0) throws(ReportError) {
        try check(worksheet_set_row(handle, lxw_row_t(headingRow), headingHeight, nil))
        worksheet_freeze_panes(handle, lxw_row_t(headingRow + 1), lxw_col_t(frozenColumns))
        worksheet_set_landscape(handle)
        worksheet_set_paper(handle, 9)
        worksheet_fit_to_pages(handle, 1, 0)
        try check(worksheet_repeat_rows(handle, 0, lxw_row_t(headingRow)))
    }

    /// Adds filter arrows to the headings for the rows below them.
    func setFilter(firstRow: Int = 0, lastRow: Int, lastColumn: Int) throws(ReportError) {
        try check(worksheet_autofilter(handle, lxw_row_t(firstRow), 0, lxw_row_t(lastRow), lxw_col_t(lastColumn)))
    }

    func insert(_ chart: UnsafeMutablePointer<lxw_chart>, row: Int, column: Int) throws(ReportError) {
        try check(worksheet_insert_chart(handle, lxw_row_t(row), lxw_col_t(column), chart))
    }

    private func check(_ status: lxw_error) throws(ReportError) {
        guard status == LXW_NO_ERROR else { throw Workbook.failure(status) }
    }
}
