// What await and a call do in JavaScript: lesson eventloop says it.
const said = [];
async function nothing() {}
async function task(name) {
  said.push(name + " begins");
  await nothing();
  said.push(name + " ends");
}
const a = task("a"), b = task("b");
said.push("called");
Promise.all([a, b]).then(() => console.log(said.join("\n")));
