import Extract
import FuzzSupport

private let file = ScratchFile("contacts")

/// Contact lists with any delimiter and encoding.
@main
struct Program {
    static func main() {
        fuzz { start, count in
            file.write(UnsafeRawBufferPointer(start: start, count: count))
            var source = ContactCSV(path: file.path)
            try? source.forEachContact { _ in }
        }
    }
}
