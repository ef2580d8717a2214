import CallRecords
import FuzzSupport

/// A uniqueid or linkedid.
@main
struct Program {
    static func main() {
        fuzz { start, count in
            _ = UniqueID(parsing: UnsafeBufferPointer(start: start, count: count))
        }
    }
}
