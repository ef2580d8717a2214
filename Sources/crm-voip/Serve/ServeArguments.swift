public import ArgumentParser
public import Serve

// Values of command-line options.
extension Role: ExpressibleByArgument {}
extension Scope: ExpressibleByArgument {}
