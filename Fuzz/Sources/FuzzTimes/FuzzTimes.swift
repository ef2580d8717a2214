import Base
import CallRecords
import FuzzSupport

/// A time as CDRs and tables write it, and as a user writes it.
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
