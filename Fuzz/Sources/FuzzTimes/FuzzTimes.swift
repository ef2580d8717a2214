import CallRecords
import FuzzSupport

/// A time as CDRs and tables write it.
@main
struct Program {
    static func main() {
        fuzz { start, count in
            _ = RawTime(parsing: UnsafeBufferPointer(start: start, count: count))
        }
    }
}
