import Base
import Glibc

/// A workbook: a summary, the days of the window with charts, one sheet for each report with real numbers, times and durations,
/// and the meaning of every column.
public struct XLSXRenderer: Sendable {
    /// A renderer.
    public init() {}

    /// The workbook's bytes. libxlsxwriter can only write files, so a file without a name exists for a moment in
    /// `TMPDIR` or `/tmp`.
    ///
    /// - Throws: ``ReportError`` with code `rendering`: too many rows, or no space for the file.
    public func render(_ book: ReportBook) throws(ReportError) -> [UInt8] {
        for result in book.results where result.rows.count + ReportSheet.mostRowsAround(result) > Sheet.mostRows {
            throw ReportError(
                .rendering,
                "Report \(result.definition.name) has \(result.rows.count) rows, more than a sheet holds. Use CSV."
            )
        }
        do {
            let file = try OpenFile.unnamed(in: "/tmp")
            try write(book, file.pathOfDescriptor)
            return try file.read(Int(file.size), at: 0)
        } catch let error as FileError {
            throw ReportError(.file, "No temporary file can be made: \(error.reason).")
        } catch let error as ReportError {
            throw error
        } catch {
            throw ReportError(.rendering, "The workbook cannot be written.", underlying: error)
        }
    }

    private func write(_ book: ReportBook, _ path: String) throws(ReportError) {
        let cells = book.results.reduce(0) { $0 + $1.rows.count * $1.columns.count }
        let workbook = try Workbook(path: path, savesMemory: cells > 2_000_000)
        let formats = workbook.makeFormats()
        let days = DaySheet(book)
        var names = SheetNames()
        let summary = names.take(localized("Summary", context: "sheet"))
        let nameOfDays = days.isEmpty ? nil : names.take(days.title)
        let reports = book.results.map { result in
            ReportSheet(result, book, name: names.take(result.definition.title, result.definition.name))
        }
        let legend = names.take(localized("Columns", context: "sheet"))
        try SummarySheet(book, reports).add(to: workbook.addSheet(summary, formats))
        if let nameOfDays { try days.add(to: workbook, workbook.addSheet(nameOfDays, formats)) }
        for report in reports { try report.add(to: workbook.addSheet(report.name, formats)) }
        try LegendSheet(book).add(to: workbook.addSheet(legend, formats))
        try workbook.close()
    }
}

/// The names of a workbook's sheets, which differ by more than the case of their letters.
struct SheetNames {
    private var taken: Set<String> = []

    /// The first of some names that is free, or one with a number.
    mutating func take(_ names: String...) -> String {
        let clean = names.map(Workbook.nameOfSheet)
        for name in clean where !name.isEmpty && taken.insert(name.lowercased()).inserted { return name }
        var number = 2
        while true {
            let name = "\((clean.first ?? "").prefix(26)) \(number)"
            if taken.insert(name.lowercased()).inserted { return name }
            number += 1
        }
    }
}
