/* A pragma of a provider whose name is refused is no further error. */
provider mine2 {
	probe done();
};
#pragma D attributes Evolving/Evolving/Common provider mine2 provider
BEGIN { trace(1); }
