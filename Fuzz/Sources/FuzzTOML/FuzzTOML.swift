import Configuration
import FuzzSupport

private let file = ScratchFile("toml")

/// A configuration file.
@main
struct Program {
    static func main() {
        fuzz { start, count in
            file.write(UnsafeRawBufferPointer(start: start, count: count))
            _ = try? Settings.load(named: file.path, environment: [:])
        }
    }
}
