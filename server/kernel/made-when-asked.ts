/** Something that takes a while to be made, and is made when it is asked for the first time. */
export function madeWhenAsked<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
