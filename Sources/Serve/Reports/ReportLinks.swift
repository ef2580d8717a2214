import Base
import Reporting
import Services

/// Addresses of the rows behind figures, including everything on which the figures depend.
enum ReportLinks {
    static let path = "/reports/rows"

    /// Links for a user; links to calls only for users who may see callers.
    static func links(_ fields: FormFields, for identity: Identity) -> FigureLinks {
        FigureLinks(
            rows: { result, slice in address(result, slice, fields) },
            story: { id, pbx in identity.role >= .lead ? story(id, pbx) : nil }
        )
    }

    /// The address of one call.
    static func story(_ id: String, _ pbx: String?) -> String {
        let tail = pbx.map { "?pbx=\(PercentCoding.encoded($0))" } ?? ""
        return "/history/\(PercentCoding.encoded(id))\(tail)"
    }

    /// The window is written out, because "last week" means something else tomorrow.
    static func address(_ result: ReportResult, _ slice: ReportSlice, _ fields: FormFields) -> String {
        var query = fields.keeping(["queue", "pbx", "agent"])
        query = query.setting("report", slice.report).setting("figure", slice.figure)
        query = query.setting("from", result.window.from.description).setting("to", result.window.to.description)
        query = query.setting("timezone", result.window.timeZone)
        for name in ReportSlice.names { if let value = slice.row[name] { query = query.setting(name, value) } }
        return "\(path)?\(query.text)"
    }

    /// The figure to which a request refers.
    ///
    /// - Throws: ``Problem`` if it does not name one.
    static func slice(_ report: String?, _ fields: FormFields) throws(Problem) -> ReportSlice {
        guard let report, let figure = fields["figure"] else {
            throw Problem(
                .badRequest,
                "usage",
                localized("report and figure should name a report and one of its columns.")
            )
        }
        var slice = ReportSlice(report: report, figure: figure)
        for name in ReportSlice.names { slice.row[name] = fields[name] }
        for name in ["row_from", "row_to"] {
            if let text = slice.row[name], !LocalTime.isMoment(text) {
                throw Problem(
                    .badRequest,
                    "usage",
                    localized("\(name) should be a moment, such as 2026-11-22T14:30:00+01:00.")
                )
            }
        }
        for name in ["row_wait_from", "row_wait_to"] {
            if let text = slice.row[name], Int32(text).map({ $0 < 0 }) ?? true {
                throw Problem(.badRequest, "usage", localized("\(name) should be a number of seconds."))
            }
        }
        return slice
    }
}
