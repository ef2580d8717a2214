import ArgumentParser

/// The option of every command that opens the warehouse.
struct KeepOption: ParsableArguments {
    @Flag(name: .long, help: "Leave the embedded database running for the next command.")
    var keep = false
}
