import Base
import CXLSXWriter

/// A workbook that libxlsxwriter writes to a file. Owns the handle.
struct Workbook: ~Copyable {
    /// The workbook's formats, one for each style. They belong to the workbook and are valid as long as it is.
    struct Formats {
        fileprivate let handles: [CellStyle: UnsafeMutablePointer<lxw_format>]

        subscript(style: CellStyle) -> UnsafeMutablePointer<lxw_format>? { handles[style] }
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
        var formats: [CellStyle: UnsafeMutablePointer<lxw_format>] = [:]
        for style in CellStyle.all {
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

    /// Adds a sheet.
    ///
    /// - Parameter name: As ``nameOfSheet(_:)`` returns it.
    func addSheet(_ name: String, _ formats: Formats) throws(ReportError) -> Sheet {
        guard let sheet = workbook_add_worksheet(handle, name.isEmpty ? nil : name) else {
            throw ReportError(.rendering, "The workbook already has a sheet \"\(name)\".")
        }
        return Sheet(handle: sheet, formats: formats, name: name)
    }

    /// A name cut and cleaned so that Excel accepts it.
    static func nameOfSheet(_ name: String) -> String {
        let forbidden: Set<Character> = ["[", "]", ":", "*", "?", "/", "\\"]
        var clean = String(name.filter { !forbidden.contains($0) }.prefix(31))
        while clean.first == "'" { clean.removeFirst() }
        while clean.last == "'" { clean.removeLast() }
        return clean
    }

    /// A chart for a sheet.
    func addChart(_ kind: lxw_chart_type) -> UnsafeMutablePointer<lxw_chart>? {
        workbook_add_chart(handle, UInt8(kind.rawValue))
    }

    static func failure(_ status: lxw_error) -> ReportError {
        ReportError(.rendering, "The workbook cannot be written: \(String(cString: lxw_strerror(status))).")
    }
}
