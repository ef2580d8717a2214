import Base
import Postgres

/// Columns that may be NULL.
extension CopyWriter {
    mutating func text(ifPresent value: String?) {
        if let value { text(value) } else { null() }
    }

    mutating func int32(ifPresent value: Int32?) {
        if let value { int32(value) } else { null() }
    }

    mutating func int64(ifPresent value: Int64?) {
        if let value { int64(value) } else { null() }
    }

    mutating func moment(ifPresent value: Moment?) {
        if let value { moment(value) } else { null() }
    }
}
