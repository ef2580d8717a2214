import Base
import CallRecords
import FuzzSupport

/// A time as written in CDRs and tables, and as written by a user.
@main
struct Program {
    static func main() {
        fuzz { start, count in
            let bytes = UnsafeBufferPointer(start: start, count: count)
            _ = RawTime(parsing: bytes)
            _ = WrittenTime(String(decoding: bytes, as: UTF8.self))
        }
    }
}
