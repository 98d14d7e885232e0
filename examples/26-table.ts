/** A table with holes becomes examples, and a new table the same inputs; what does not fit is refused with its line. */
import { classWeightsBalanced, encodeTable, readCsv, standardizationOf, tableExamples } from "nabla";

const text = "weight;town;pet\n31,5;Ulm;dog\n4,5;Jena;cat\n;Ulm;dog\n28;Aalen;dog\n";
const table = readCsv(text, { name: "pets.csv", decimal: ",", missing: "keep" });
const { inputs, targets, labels, columns, featureNames } = tableExamples(table, {
  target: "pet",
  missing: "mean",
});
console.log(featureNames, inputs.shape, labels, [...targets.data]);

const { mean } = standardizationOf(inputs, "features");
const rounded = mean.map((value) => Number(value.toFixed(2)));
console.log(columns[0], rounded, [...classWeightsBalanced(targets.data)]);

console.log(encodeTable(readCsv("town,weight\nJena,5\n"), columns).data);
try {
  encodeTable(readCsv("town,weight\nJenna,5\n", { name: "new.csv" }), columns);
} catch (error) {
  console.log(String(error));
}
// prints:
// [ 'weight', 'town=Aalen', 'town=Jena', 'town=Ulm' ] [ 4, 4 ] [ 'cat', 'dog' ] [ 1, 0, 1, 1 ]
// { kind: 'number', name: 'weight', fill: 21.333333333333332 } [ 21.33, 0.25, 0.25, 0.5 ] [ 2, 0.6666666666666666 ]
// Float64Array(4) [ 5, 0, 1, 0 ]
// ArgumentError: encodeTable: new.csv, line 2, column "town": "Jenna" is no category that the model was trained on; did you mean "Jena"? It knows "Aalen", "Jena", "Ulm"
