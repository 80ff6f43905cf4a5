// Filters what the page already shows; without it everything stays readable.
(function () {
	"use strict";
	var form = document.getElementById("filter");
	if (!form) return;
	var told = document.getElementById("told"), waiting, opened = [];
	var names = ["search", "person", "section", "workshop"].filter(function (name) { return form.elements[name]; });
	var sections = all(document, "main > section");
	var ideas = all(document, ".idea").map(function (node) {
		return {
			node: node, said: node.querySelector(".said"), text: null, section: node.closest("section").id,
			people: " " + node.dataset.by + " ", workshops: " " + node.dataset.in + " "
		};
	});

	function all(root, selector) {
		return Array.prototype.slice.call(root.querySelectorAll(selector));
	}

	// What is said there, without who and where.
	function wordsOf(node) {
		return fold(all(node, ".text").map(function (text) { return text.textContent; }).join("\n"));
	}

	// Case and accents aside, as people search. One character gives at least one.
	function fold(text) {
		return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
			.replace(/\u0153/g, "oe").replace(/\u00e6/g, "ae").replace(/[\u2018\u2019]/g, "'")
			.replace(/[\u00a0\u202f]/g, " ");
	}

	function wanted() {
		var values = { words: fold(form.elements.search.value).split(/\s+/).filter(Boolean) };
		names.forEach(function (name) { values[name] = form.elements[name].value; });
		return values;
	}

	function matches(idea, values) {
		if (values.person && idea.people.indexOf(" " + values.person + " ") < 0) return false;
		if (values.workshop && idea.workshops.indexOf(" " + values.workshop + " ") < 0) return false;
		if (values.section && idea.section !== values.section) return false;
		if (values.words.length && idea.text === null) idea.text = wordsOf(idea.said);
		return values.words.every(function (word) { return idea.text.indexOf(word) >= 0; });
	}

	// What is found in a folded part is unfolded, and folded again with the next search.
	function unfold(shown, words) {
		opened.forEach(function (part) { part.open = false; });
		opened = [];
		if (!words.length) return;
		shown.slice(0, 500).forEach(function (idea) {
			all(idea.said, "details:not([open])").forEach(function (part) {
				var text = wordsOf(part);
				if (!words.some(function (word) { return text.indexOf(word) >= 0; })) return;
				part.open = true;
				opened.push(part);
			});
		});
	}

	// Where each character of the folded text comes from.
	function ranges(node, words, found) {
		var text = "", from = [], source = node.nodeValue;
		for (var i = 0; i < source.length; i++) {
			var folded = fold(source[i]);
			for (var n = 0; n < folded.length; n++) from.push(i);
			text += folded;
		}
		words.forEach(function (word) {
			for (var at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
				var range = document.createRange();
				range.setStart(node, from[at]);
				range.setEnd(node, from[at + word.length - 1] + 1);
				found.push(range);
			}
		});
	}

	function mark(shown, words) {
		if (!window.Highlight || !CSS.highlights) return;
		var found = [];
		CSS.highlights.delete("found");
		if (words.length) shown.slice(0, 500).forEach(function (idea) {
			all(idea.said, ".text").forEach(function (text) {
				var walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
				while (walker.nextNode()) ranges(walker.currentNode, words, found);
			});
		});
		var highlight = new Highlight();
		found.forEach(function (range) { highlight.add(range); });
		CSS.highlights.set("found", highlight);
	}

	// A heading stays where something below it does.
	function hideHeadings(section) {
		var below = { H3: false, H4: false };
		Array.prototype.slice.call(section.children).reverse().forEach(function (part) {
			if (part.tagName === "UL") {
				if (part.querySelector(".idea:not([hidden])")) below.H3 = below.H4 = true;
			} else if (part.tagName in below) {
				part.hidden = !below[part.tagName];
				below[part.tagName] = false;
				if (part.tagName === "H3") below.H4 = false;
			}
		});
	}

	function apply() {
		var values = wanted(), filtered = names.some(function (name) { return values[name] !== ""; });
		var shown = ideas.filter(function (idea) { return matches(idea, values); }), kept = new Set();
		// What holds something that is shown stays, so that nothing hangs in the air.
		shown.forEach(function (idea) {
			for (var node = idea.node; node && !kept.has(node); node = node.parentNode.closest(".idea")) kept.add(node);
		});
		ideas.forEach(function (idea) { idea.node.hidden = !kept.has(idea.node); });
		sections.forEach(function (each) {
			each.hidden = filtered && !each.querySelector(".idea:not([hidden])");
			hideHeadings(each);
		});
		unfold(shown, values.words);
		mark(shown, values.words);
		told.textContent = told.dataset.text.replace("{n}", shown.length).replace("{all}", ideas.length);
	}

	form.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(apply, 80); });
	form.addEventListener("submit", function (event) { event.preventDefault(); apply(); });
	form.addEventListener("reset", function () { setTimeout(apply, 0); });
	document.addEventListener("keydown", function (event) {
		if (event.key === "Escape" && document.activeElement) document.activeElement.blur();
	});
	all(document, "[data-person] .name").forEach(function (name) {
		var button = document.createElement("button");
		button.type = "button";
		button.textContent = name.textContent;
		button.addEventListener("click", function () {
			form.elements.person.value = name.parentNode.dataset.person;
			apply();
		});
		name.textContent = "";
		name.appendChild(button);
	});
	form.hidden = false;
	apply();
})();
