/// Whether the day or the month comes first in dates such as 05/11/2026, which spreadsheets and reports write by the
/// customs of their country.
public enum DateOrder: String, Sendable, CaseIterable {
    /// Decided by the file's own dates.
    case auto
    /// The day: 23/11/2026.
    case dayFirst = "dmy"
    /// The month: 11/23/2026.
    case monthFirst = "mdy"
}
