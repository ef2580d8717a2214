import Glibc

/// Gives control to libFuzzer, which calls the body with one input after another and ends the process.
///
/// libFuzzer's own `main` cannot be used: the package manager renames that of an executable.
/// (https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library)
public func fuzz(_ body: @escaping @Sendable (_ start: UnsafePointer<UInt8>, _ count: Int) -> Void) -> Never {
    target = body
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(
        run(&count, &arguments) { start, count in
            if let start { target(start, count) }
            return 0
        }
    )
}

/// Set once, before libFuzzer starts, and read by its only thread.
nonisolated(unsafe) private var target: @Sendable (UnsafePointer<UInt8>, Int) -> Void = { _, _ in }

private typealias Callback = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

@_silgen_name("LLVMFuzzerRunDriver")
private func run(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: Callback
) -> CInt
