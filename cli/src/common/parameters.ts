// Values of parameters, by their names: of a point of a sweep, of a model in the page.

export type ParameterValue = number | string;
export type ParameterValues = Readonly<Record<string, ParameterValue>>;
